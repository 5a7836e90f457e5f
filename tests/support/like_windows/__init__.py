"""What is put on the path of a Python that shall lack what Windows lacks."""
