/** Scripts, styles and typefaces of the back office: built beforehand, compressed beforehand, kept by browsers for good. */
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Request, type Response, Router } from "express";
import { type AssetFile, type AssetManifest, assetRoot, manifestName } from "./asset-manifest.js";

export interface AssetAddresses {
  readonly global: string;
  readonly designSystem: string;
  readonly app: string;
  readonly components: string;
  readonly styles: readonly string[];
  readonly icon: string;
  readonly preload: { readonly ar: readonly string[]; readonly en: readonly string[] };
}

export interface Assets {
  /** Whole paths (`/admin/assets/…`) for pages to name; they change whenever the content does. */
  readonly addresses: AssetAddresses;
  /** Answers everything below `/admin/assets/`, without a session: nothing there is anybody's secret. */
  readonly router: Router;
}

/** Where the build puts them: beside this file. */
const builtFolder = fileURLToPath(new URL("./public/", import.meta.url));

/** Opens what `npm run build` made; error that says so when there is none. */
export function openAssets(folder: string = builtFolder): Assets {
  const manifestFile = join(folder, manifestName);
  if (!existsSync(manifestFile)) {
    throw new Error("The pages of the back office are not built. Run “npm run build” first.");
  }
  const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as AssetManifest;
  return { addresses: addressesOf(manifest), router: assetRouter(folder, manifest) };
}

const address = (name: string): string => `${assetRoot}/${name}`;

function addressesOf({ scripts, styles, icon, preload }: AssetManifest): AssetAddresses {
  return {
    global: address(scripts.global),
    designSystem: address(scripts.designSystem),
    app: address(scripts.app),
    components: address(scripts.components),
    styles: styles.map(address),
    icon: address(icon),
    preload: { ar: preload.ar.map(address), en: preload.en.map(address) },
  };
}

const endings = { br: ".br", gzip: ".gz" } as const;

function assetRouter(folder: string, manifest: AssetManifest): Router {
  const router = Router();
  // Names are looked up in the manifest and never joined to a path unseen: there is nothing to climb out of.
  const files = new Map(Object.entries(manifest.files));
  router.get(`${assetRoot}/:name`, (request, response, next) => {
    const name = String(request.params.name);
    const file = files.get(name);
    if (file === undefined) return next();
    send(folder, name, file, request, response);
  });
  router.use(assetRoot, (_request, response) => {
    response.status(404).set("cache-control", "no-store").type("text/plain").send("Not found");
  });
  return router;
}

function send(folder: string, name: string, file: AssetFile, request: Request, response: Response): void {
  const encoding = chosenEncoding(file, request.get("accept-encoding") ?? "");
  response.set({
    "content-type": file.type,
    "cache-control": "public, max-age=31536000, immutable",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    vary: "accept-encoding",
  });
  if (encoding !== null) response.set("content-encoding", encoding);
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const stream = createReadStream(join(folder, encoding === null ? name : name + endings[encoding]));
  stream.on("error", () => response.destroy());
  response.on("close", () => stream.destroy());
  stream.pipe(response);
}

/** The best encoding that there is and that the browser takes; `br;q=0` is a no. */
function chosenEncoding(file: AssetFile, accepted: string): "br" | "gzip" | null {
  const offers = new Map(
    accepted.split(",").map((part) => {
      const [coding = "", ...parameters] = part.split(";").map((word) => word.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
      return [coding, Number(quality)];
    }),
  );
  return file.encodings.find((encoding) => (offers.get(encoding) ?? 0) > 0) ?? null;
}
