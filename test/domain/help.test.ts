/** Help in place: each place has it in both languages, and an address finds its own. */
import { describe, expect, it } from "@jest/globals";
import { allPages } from "../../src/app/office/all-pages.js";
import { allResources } from "../../src/app/office/all-resources.js";
import { type RoleCode, roleCodes } from "../../src/engine/access/roles.js";
import { helpKeys } from "../../src/platform/admin/help-keys.js";
import { loadHelp } from "../../src/platform/admin/help-texts.js";
import { shortcutsIn } from "../../src/platform/ui/shortcuts.js";

const texts = loadHelp();
const keys = (path: string, roles: Parameters<typeof helpKeys>[1] = []) =>
  helpKeys(path, roles, (key) => texts.has(key));

describe("help in place", () => {
  it("is there for every list, page and home of the navigation", () => {
    const places = [
      ...allResources.filter(({ hidden }) => !hidden).map(({ id }) => `/admin/resources/${id}`),
      ...allPages.filter(({ hidden, name }) => !hidden && name !== "home").map(({ name }) => `/admin/pages/${name}`),
      "/admin",
    ];
    expect(places.length).toBeGreaterThan(20);
    expect(places.filter((place) => keys(place).length === 0)).toEqual([]);
  });

  it("has a place for each text, and of each role's home it tells something of its own", () => {
    const role = (code: RoleCode) => keys("/admin", [code]).filter((key) => key.startsWith("home."));
    expect(roleCodes.filter((code) => role(code).length !== 1)).toEqual([]);
    const places = [
      ...allResources.flatMap(({ id }) =>
        ["", "/actions/new", "/records/1/show", "/records/1/edit"].map((rest) => `/admin/resources/${id}${rest}`),
      ),
      ...allPages.map(({ name }) => `/admin/pages/${name}`),
    ];
    const told = new Set([...keys("/admin", roleCodes), ...places.flatMap((place) => keys(place))]);
    expect([...texts.keys()].filter((key) => !told.has(key))).toEqual([]);
  });

  it("is Arabic in Arabic, and short", () => {
    for (const [key, points] of texts) {
      for (const { ar, en } of points) {
        expect([key, /[\u0600-\u06ff]/.test(ar), /[\u0600-\u06ff]/.test(en)]).toEqual([key, true, false]);
        expect(Math.max(ar.length, en.length)).toBeLessThan(260);
      }
    }
  });

  it("lists no key twice for one place", () => {
    for (const place of ["desk", "list", "news", "case"] as const) {
      const keys = [...shortcutsIn("everywhere"), ...shortcutsIn(place)]
        .map(([, shortcut]) => shortcut.keys.join(" "))
        .filter((key) => key !== "");
      expect([place, keys.filter((key, i) => keys.indexOf(key) !== i)]).toEqual([place, []]);
    }
  });

  it("goes from the address to the text", () => {
    expect(keys("/admin", ["focal_point"])).toEqual(["home", "home.focal_point"]);
    expect(keys("/admin", ["minister", "secretary_general"])).toEqual(["home", "home.executive"]);
    expect(keys("/admin/resources/cases")).toEqual(["cases"]);
    expect(keys("/admin/resources/cases/records/482-739-1652/show")).toEqual(["cases.show"]);
    expect(keys("/admin/resources/sectors/records/3/show")).toEqual(["sectors", "record"]);
    expect(keys("/admin/resources/sectors/records/3/edit")).toEqual(["sectors", "form"]);
    expect(keys("/admin/resources/sectors/actions/new")).toEqual(["sectors", "form"]);
    expect(keys("/admin/pages/health")).toEqual(["health"]);
  });

  it.each(["", "/", "/elsewhere", "/admin/resources", "/admin/pages/constructor", "/admin/x/y"])(
    "knows none for %j",
    (path) => {
      expect(keys(path)).toEqual([]);
    },
  );
});
