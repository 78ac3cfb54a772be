/** The fields that are loaded with the first message. */
export { Message } from "./Message";
export { Template } from "./Template";
