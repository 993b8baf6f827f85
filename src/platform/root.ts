/** The folder of this installation: `rules`, `workflows`, `seeds` and `views` lie beside the code, built or not. */
import { fileURLToPath } from "node:url";

export const installationFolder = fileURLToPath(new URL("../../", import.meta.url));
