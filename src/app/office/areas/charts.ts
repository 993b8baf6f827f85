/** Screens with charts: opening one loads the library that draws them. */
export { FiguresPage } from "../../../features/reports/figures/figures-page.js";
