/** The cases of a condition, loaded when the first is opened. */
export { Rules } from "./rules/Rules";
