/** Addresses of pages that the server draws. */
export const signInAddress = "/admin/login";
/** Takes a POST. */
export const signOutAddress = "/admin/logout";
export const casesAddress = "/admin/resources/cases";
