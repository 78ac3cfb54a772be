/** The fields of opening hours, loaded when the first is opened. */
export { Holidays } from "./Holidays";
export { Schedule } from "./Schedule";
export { TimeZone } from "./TimeZone";
