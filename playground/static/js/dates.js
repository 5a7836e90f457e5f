import { language, t } from "./texts.js";

const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const dayAndMonth = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });
const dayMonthYear = new Intl.DateTimeFormat(language, {
  day: "numeric",
  month: "long",
  year: "numeric",
});
const shortDay = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "medium" });

const toDate = (seconds) => new Date(seconds * 1000);

function daysAgo(date) {
  const midnight = (d) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
  return Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
}

/** Times are Unix seconds, as the Bot API gives them. */
export const timeOf = (seconds) => clock.format(toDate(seconds));
export const fullTimeOf = (seconds) => full.format(toDate(seconds));
export const dayKeyOf = (seconds) => toDate(seconds).toDateString();

export function dayOf(seconds) {
  const date = toDate(seconds);
  const ago = daysAgo(date);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  return (date.getFullYear() === new Date().getFullYear() ? dayAndMonth : dayMonthYear).format(
    date,
  );
}

export function briefTimeOf(seconds) {
  const date = toDate(seconds);
  return daysAgo(date) === 0 ? clock.format(date) : shortDay.format(date);
}

export function sizeOf(bytes) {
  const units = ["byte", "kilobyte", "megabyte"];
  const power = bytes < 1024 ? 0 : bytes < 1024 ** 2 ? 1 : 2;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[power],
    unitDisplay: "short",
    maximumFractionDigits: power === 2 ? 1 : 0,
  }).format(bytes / 1024 ** power);
}
