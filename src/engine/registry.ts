/**
 * Registries: a table of rows by code, `as const satisfies …`. A row is data; what the code does with a row is a map by the
 * same codes (`Record<Code, …>`), so that a row without its behaviour does not compile. Browsers run this too.
 */

/** The codes of a registry, in the order of its rows. */
export const codesOf = <Code extends string>(rows: Readonly<Record<Code, unknown>>) =>
  Object.keys(rows) as [Code, ...Code[]];

/** One member of each row, by code. */
export const memberOf = <Code extends string, Row, Member extends keyof Row>(
  rows: Readonly<Record<Code, Row>>,
  member: Member,
) => Object.fromEntries(codesOf(rows).map((code) => [code, rows[code][member]])) as Readonly<Record<Code, Row[Member]>>;
