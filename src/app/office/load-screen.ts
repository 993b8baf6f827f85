/** The one way in which the browser loads anything after the page: the script of a screen's area with all that belongs to it. */
import type { ComponentType } from "react";
import type { ScreenArea } from "../../platform/admin/boot-data.js";
import { fetchFile, loadWords, office, ReloadNeeded, whenIdle } from "../../platform/ui/kit.js";
import * as home from "./areas/home.js";

// biome-ignore lint/suspicious/noExplicitAny: screens of resources take ScreenProps, those of pages nothing
export type Screen = ComponentType<any>;
type Screens = Readonly<Record<string, Screen>>;

const there = new Map<string, Screen>(Object.entries(home as Screens));
const loading = new Map<string, Promise<Screens>>();

const areaOf = (name: string): ScreenArea | undefined =>
  Object.values(office().areas).find(({ screens }) => screens.includes(name));

/**
 * Brings a file as far as the browser's cache. A browser never asks again for a module that failed to come once: so none is imported
 * before its file is there.
 */
async function fetched(address: string): Promise<void> {
  await (await fetchFile(address)).arrayBuffer();
}

/** Resolves once its rules apply. */
function styled(href: string): Promise<void> {
  const links = [...document.querySelectorAll("link[rel=stylesheet]")];
  if (links.some((link) => link.getAttribute("href") === href)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error(`${href} could not be loaded`));
    };
    document.head.append(link);
  });
}

async function load({ script, imports, styles, words }: ScreenArea): Promise<Screens> {
  await Promise.all([...[script, ...imports].map(fetched), ...styles.map(styled), loadWords(words)]);
  const screens: Screens = await import(script).catch((error: unknown) => {
    throw new ReloadNeeded(`${script}: ${error}`);
  });
  for (const [name, screen] of Object.entries(screens)) there.set(name, screen);
  return screens;
}

/** The screen of that name, if it is there already. */
export const screenAtHand = (name: string): Screen | null => there.get(name) ?? null;

/**
 * Loads the screen of that name, its area once however often it is asked for; after a failure the next question tries again. Null:
 * there is no such screen. Rejects with ReloadNeeded, or where the line is down.
 */
export async function loadScreen(name: string): Promise<Screen | null> {
  const area = areaOf(name);
  if (there.has(name) || area === undefined) return screenAtHand(name);
  const before = loading.get(area.script);
  const screens = before ?? load(area);
  loading.set(area.script, screens);
  try {
    return (await screens)[name] ?? null;
  } catch (error) {
    loading.delete(area.script);
    throw error;
  }
}

/** Loads the area of that screen while nothing else happens, so that nobody waits for it, nor needs the line for it later. */
export const loadWhenIdle = (name: string): void => whenIdle(() => void loadScreen(name).catch(() => undefined));
