/** What the control that attaches files asks for and is told; components import these types. */
import type { Attachment } from "../../engine/files/attachment.js";

/** `GET api/files?reference=…`: what waits to be sent, and what may be attached. */
export interface StagedFiles {
  readonly files: readonly Attachment[];
  readonly most: number;
  readonly mostBytes: number;
  /** Endings, with their dots. */
  readonly accept: readonly string[];
}

/** `POST api/files?reference=…`, the file as the body. */
export interface StagedFile {
  readonly file: Attachment;
}
