/** Screens that come with the page itself. The other files of this folder are areas of their own: see `load-screen.ts`. */
export { Home } from "../../../features/home/home.js";
