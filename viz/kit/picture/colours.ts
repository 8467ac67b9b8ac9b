export const INK = "#16202a";
export const SOFT = "#55616c";
export const FAINT = "#e3e7eb";
export const ACCENT = "#0b5a8f";
export const CHOSEN = "#b3400f";
export const WASH = "#f5f7f8";
/** What is not part of the choice. */
export const FADED = "#dde2e6";
export const FADED_TEXT = "#c3c9ce";
export const TYPE = '"PT Sans", "Segoe UI", "Noto Sans", Roboto, "Helvetica Neue", "DejaVu Sans", Arial, sans-serif';
