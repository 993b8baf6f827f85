/** The studio's script and look, asked for once, when somebody opens a screen of it. */
import type { ComponentType } from "react";

type StudioScreens = Readonly<Record<string, ComponentType>>;

declare global {
  interface Window {
    /** Set by the studio's script. */
    DiwanStudio?: StudioScreens;
  }
}

const addressOf = (name: string): string | null =>
  document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? null;

/** Resolves once it is there; rejects where it cannot be loaded, and leaves nothing behind. */
function put<Kind extends "script" | "link">(kind: Kind, fill: (element: HTMLElementTagNameMap[Kind]) => void) {
  return new Promise<void>((resolve, reject) => {
    const element = document.createElement(kind);
    element.onload = () => resolve();
    element.onerror = () => {
      element.remove();
      reject(new Error(`The ${kind} of the studio could not be loaded`));
    };
    fill(element);
    document.head.append(element);
  });
}

async function load(): Promise<StudioScreens> {
  const [script, look] = [addressOf("diwan-studio"), addressOf("diwan-studio-style")];
  if (script === null || look === null) throw new Error("The page does not say where the studio is");
  // Only scripts with the page's own nonce run.
  const nonce = document.querySelector("script")?.nonce ?? "";
  await Promise.all([
    put("link", (link) => {
      link.rel = "stylesheet";
      link.href = look;
    }),
    put("script", (element) => {
      element.nonce = nonce;
      element.src = script;
    }),
  ]);
  if (window.DiwanStudio === undefined) throw new Error("The studio did not start");
  return window.DiwanStudio;
}

let loading: Promise<StudioScreens> | null = null;

/** As often as it is asked for it is loaded once; after a failure the next question tries again. */
export function loadStudio(): Promise<StudioScreens> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}
