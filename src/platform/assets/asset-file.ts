/** A file for browsers, as the build left it. */
export interface AssetFile {
  readonly type: string;
  /** Encodings of which a file lies beside it, best first. */
  readonly encodings: readonly ("br" | "gzip")[];
  readonly bytes: number;
  /** What travels at best. */
  readonly sent: number;
}
