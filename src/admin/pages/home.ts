/** The first page: what each of somebody's seats has to do. */
import type { HomeView } from "../../domain/home/home-view.js";
import { definePage } from "../guard/define-page.js";

export const homePage = definePage({
  name: "home",
  label: { en: "Home", ar: "الرئيسية" },
  group: "home",
  icon: "home",
  order: 0,
  component: "Home",
  // Whoever is signed in has one: it shows nothing but what their seats may read.
  access: () => true,
  read: ({ services, official, now }): Promise<HomeView> => services.home({ actor: official.actor, now }),
});
