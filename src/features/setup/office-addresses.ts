/** Where things of the set-up are seen in the back office, so that what is told of them can be followed. */

function address(path: string, query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return `/admin/${path}${text === "" ? "" : `?${text}`}`;
}

/** A list, narrowed down by columns. */
export const listAddress = (resource: string, filters: Readonly<Record<string, string>>): string =>
  address(
    `resources/${resource}`,
    Object.fromEntries(Object.entries(filters).map(([name, value]) => [`filters.${name}`, value])),
  );

export const pageAddress = (page: string, query: Readonly<Record<string, string>>): string =>
  address(`pages/${page}`, query);

type Query = Readonly<Record<string, string>>;

/** A record as it is read. */
export const showAddress = (resource: string, record: string): string =>
  address(`resources/${resource}/records/${record}/show`, {});

/** The form of a record. */
export const editAddress = (resource: string, record: string, query: Query): string =>
  address(`resources/${resource}/records/${record}/edit`, query);

export const newRecordAddress = (resource: string, query: Query): string =>
  address(`resources/${resource}/actions/new`, query);

/** A rule set or workflow: its version, or what is being written of it. */
export const policyAddress = (
  programme: string,
  { kind, name, status, id }: { kind: string; name: string; status: string; id: number },
): string => pageAddress("policy", { programme, kind, name, ...(status !== "open" && { version: String(id) }) });
