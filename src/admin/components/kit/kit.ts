/** All that screens are made of. */
export * from "./address.js";
export * from "./api.js";
export * from "./boot.js";
export * from "./buttons.js";
export * from "./dialog.js";
export * from "./field.js";
export * from "./filter-bar.js";
export * from "./icons.js";
export * from "./inputs.js";
export * from "./json-editor.js";
export * from "./page.js";
export * from "./pager.js";
export * from "./pieces.js";
export * from "./reference-select.js";
export * from "./search-select.js";
export * from "./table.js";
export { useText } from "./text.js";
export * from "./toast.js";
