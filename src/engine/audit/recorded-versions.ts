/** What the record of changes says of versions of rules, workflows, calendars and letters: their text, and which is in force. */

/** One version as its publication (or its draft from files) was recorded. */
export interface RecordedVersion {
  /** Number of the event in the stream `configuration`. */
  readonly seq: number;
  /** `programme/kind/name`. */
  readonly thing: string;
  readonly version: number;
  readonly checksum: string;
  /** The second person; null: none. */
  readonly approvedBy: number | null;
}

export interface RecordedVersions {
  /** By the number of the version's row. */
  readonly versions: ReadonlyMap<number, RecordedVersion>;
  /** `programme/kind/name` to the number of the row in force. */
  readonly inForce: ReadonlyMap<string, number>;
  /** The next event of the stream, in order. */
  add(event: { readonly seq: number; readonly type: string; readonly data: string }): void;
}

const types = new Set(["configuration.published", "configuration.drafted", "configuration.retired"]);

interface Said {
  readonly programme: string;
  readonly kind: string;
  readonly name: string;
  readonly version: number;
  readonly versionId: number;
  readonly checksum: string;
  readonly approvedBy?: number | null;
}

export const thingOf = ({ programme, kind, name }: Pick<Said, "programme" | "kind" | "name">): string =>
  `${programme}/${kind}/${name}`;

export function readRecordedVersions(): RecordedVersions {
  const versions = new Map<number, RecordedVersion>();
  const inForce = new Map<string, number>();
  return {
    versions,
    inForce,
    add({ seq, type, data }) {
      if (!types.has(type)) return;
      const said = JSON.parse(data) as Said;
      // A draft from files is recorded by its number and text, and a change-set's drafts by other words.
      if (typeof said.versionId !== "number") return;
      const thing = thingOf(said);
      if (type === "configuration.retired") {
        if (inForce.get(thing) === said.versionId) inForce.delete(thing);
        return;
      }
      if (typeof said.checksum !== "string") return;
      const { version, versionId, checksum, approvedBy = null } = said;
      versions.set(versionId, { seq, thing, version, checksum, approvedBy });
      if (type === "configuration.published") inForce.set(thing, versionId);
    },
  };
}
