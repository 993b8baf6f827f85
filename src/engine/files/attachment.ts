/** A file that an application or an act carries, as its event keeps it. */
export interface Attachment {
  /** Nobody can guess it. */
  readonly id: string;
  /** As it is offered for saving: cleaned, its ending that of the content. */
  readonly name: string;
  /** What the content is, whatever the sender said. */
  readonly type: string;
  readonly bytes: number;
  /** Of the stored bytes, in hexadecimal. */
  readonly sha256: string;
  /** Present where whoever opens it needs a password. */
  readonly locked?: true;
  /** Present where the virus scanner was away when the file came, and the programme takes files all the same. */
  readonly unscanned?: true;
}

export const attachmentIdForm = /^[0-9a-f]{32}$/;

/** Whether something small of it can be shown beside its name. */
export const hasThumbnail = ({ type }: Pick<Attachment, "type">): boolean => type.startsWith("image/");

const isAttachment = (value: unknown): value is Attachment => {
  const { id, name, type, bytes, sha256 } = (value ?? {}) as Record<string, unknown>;
  return [id, name, type, sha256].every((one) => typeof one === "string") && typeof bytes === "number";
};

/** The files that an event's data names; none where it names none. */
export function attachmentsIn(data: Readonly<Record<string, unknown>>): Attachment[] {
  return Array.isArray(data.attachments) ? data.attachments.filter(isAttachment) : [];
}
