/** The screens of which somebody keeps views, and where a view is. */

const places = {
  desk: "/admin",
  cases: "/admin/resources/cases",
  figures: "/admin/pages/figures",
} as const;
export type ViewScreen = keyof typeof places;

export const isViewScreen = (text: string): text is ViewScreen => Object.hasOwn(places, text);

/** @param query as an address has it, without its question mark */
export const viewAddress = (screen: ViewScreen, query: string): string => `${places[screen]}?${query}`;
