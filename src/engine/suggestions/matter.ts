/** What an application may be about: its type, the entity that is responsible, and which of its services. */

export interface Matter {
  /** Null: the words do not say. */
  readonly type: string | null;
  readonly entity: string;
  /** One of the entity's; null: none in particular. */
  readonly service: string | null;
}

/** As an input of a form carries it. Codes of the settings have no stroke. */
export const matterKey = ({ type, entity, service }: Matter): string => `${type ?? ""}/${entity}/${service ?? ""}`;

/** Null for what `matterKey` did not write. */
export function matterOf(key: string): Matter | null {
  const [type, entity, service, ...more] = key.split("/");
  if (!entity || type === undefined || service === undefined || more.length > 0) return null;
  return { type: type || null, entity, service: service || null };
}
