/** Addresses that messages point to. One table, so that the pages answer where the messages say. */
export interface Links {
  /** The applicant's page of an application. */
  application(reference: string): string;
  /** The official's page of a case. */
  case(reference: string): string;
  /** Figures of a programme in a period; `to` is exclusive. */
  dashboard(programme: string, from: string, to: string): string;
  /** A focal point's list of what to do next. */
  desk(): string;
  /** Where a single-use token sets a password. */
  account(token: string): string;
}

export function createLinks(publicUrl: string): Links {
  const address = (path: string, query: Record<string, string> = {}) => {
    const url = new URL(path, publicUrl.endsWith("/") ? publicUrl : `${publicUrl}/`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  };
  return {
    application: (reference) => address(`track/${encodeURIComponent(reference)}`),
    case: (reference) => address(`cases/${encodeURIComponent(reference)}`),
    dashboard: (programme, from, to) => address("dashboard", { programme, from, to }),
    desk: () => address("desk"),
    account: (token) => address(`admin/link/${encodeURIComponent(token)}`),
  };
}
