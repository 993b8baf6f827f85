/** Of the formatter of messages browsers need no reader of the notation: the build has read all texts already. */
import type { Plugin } from "esbuild";

export const formatterOnly: Plugin = {
  name: "formatter-only",
  setup(context) {
    context.onResolve({ filter: /^@formatjs\/icu-messageformat-parser$/ }, ({ resolveDir, kind }) =>
      context.resolve("@formatjs/icu-messageformat-parser/no-parser.js", { resolveDir, kind }),
    );
  },
};
