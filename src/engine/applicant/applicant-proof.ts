/** How an applicant shows that an application is theirs. */

/** `code`: the code that they were given. `link`: the token of a link that a message to a proven address held; it opens less. */
export type ApplicantProof = { readonly code: string } | { readonly link: string };
