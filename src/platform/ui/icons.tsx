/** A small set of signs of our own, drawn on 24 px with a stroke. Those that point somewhere turn round in Arabic. */
import React from "react";

const paths = {
  home: "M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
  cases: "M4 5h16v14H4zM4 10h16M9 10v9",
  folder: "M3 6h6l2 2h10v11H3z",
  search: "M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L20 20",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.5 4.5L19 7.5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v6M14 11v6",
  archive: "M4 5h16v4H4zM6 9v10h12V9M10 13h4",
  restore: "M5 12a7 7 0 107-7H7M10 2L7 5l3 3",
  bell: "M6 16V11a6 6 0 0112 0v5l1.500 2h-15zM10 20.500h4",
  clock: "M12 4a8 8 0 100 16 8 8 0 000-16zM12 8v4.5l3 2",
  pause: "M9 6v12M15 6v12",
  alert: "M12 4L2.5 20h19zM12 10v5M12 17.3v.2",
  info: "M12 4a8 8 0 100 16 8 8 0 000-16zM12 11v5M12 8v.2",
  question: "M12 4a8 8 0 100 16 8 8 0 000-16zM9.8 9.6a2.3 2.3 0 114 1.6c-1 .8-1.8 1.2-1.8 2.4M12 16.3v.2",
  person: "M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20c.8-3.8 3.8-6 7.5-6s6.7 2.2 7.5 6",
  people:
    "M9 5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM2.5 20c.6-3.6 3.2-5.5 6.5-5.5s5.9 1.9 6.5 5.5M16 5.3a3.5 3.5 0 010 6.4M18 14.8c2 .8 3.2 2.6 3.6 5.2",
  seat: "M6 4v10h12V4M6 14v6M18 14v6M6 17h12",
  building: "M5 20V5h9v15M14 10h5v10M3 20h18M8 9h3M8 13h3M8 17h3",
  tree: "M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4",
  tag: "M4 4h8l8 8-8 8-8-8zM8.5 8.5v.2",
  layers: "M12 3l9 5-9 5-9-5zM3 12.5l9 5 9-5M3 17l9 5 9-5",
  star: "M12 4l2.5 5.2 5.5.8-4 4 1 5.7-5-2.8-5 2.8 1-5.7-4-4 5.5-.8z",
  calendar: "M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4",
  rules: "M5 5h14v4H5zM5 15h6v4H5zM14 15h5v4h-5zM12 9v3M8 15v-3h8.5v3",
  grid: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  flow: "M4 5h6v5H4zM14 14h6v5h-6zM10 7.5h7V14",
  ladder: "M8 3v18M16 3v18M8 7h8M8 12h8M8 17h8",
  mail: "M3 6h18v13H3zM3 7l9 7 9-7",
  key: "M8 10a4 4 0 104 4M11 12l8-8M16 7l3 3M14 9l2 2",
  jobs: "M12 8.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1",
  shield: "M12 3l8 3v6c0 5-3.4 7.8-8 9-4.6-1.2-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3",
  chart: "M4 20h16M7 20v-7M12 20V6M17 20v-10",
  heart: "M12 20C5 15 3 11.5 3 8.7A4.6 4.6 0 0112 7a4.6 4.6 0 019 1.7c0 2.8-2 6.3-9 11.3z",
  pulse: "M3 12h4l3-7 4 14 3-7h4",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1",
  words: "M4 6h16M4 11h10M4 16h13",
  globe:
    "M12 4a8 8 0 100 16 8 8 0 000-16zM4 12h16M12 4c2.5 2.2 3.5 5 3.5 8s-1 5.8-3.5 8c-2.5-2.2-3.5-5-3.5-8s1-5.8 3.5-8z",
  out: "M14 4H5v16h9M10 12h10M17 8.500l3.5 3.5-3.5 3.5",
  phone: "M5 4h4l2 5-2.5 1.500a11 11 0 005 5L15 13l5 2v4c0 1-1 1.5-2 1.500A15 15 0 013.5 6c0-1 .5-2 1.5-2z",
  attachment: "M18 11l-7 7a4 4 0 01-5.7-5.700l8-8a2.7 2.7 0 013.8 3.800l-8 8a1.3 1.3 0 01-1.9-1.900l7-7",
  document: "M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h5",
  image: "M4 5h16v14H4zM4 16l4.500-4.500 4 4 3-3L20 17M15 9.500v.2",
  sound: "M4 10v4h3.500L12 18V6L7.500 10zM15.500 9a4.500 4.500 0 010 6M18 6.500a8 8 0 010 11",
  film: "M4 6h11v12H4zM15 11l5-3v8l-5-3",
  save: "M12 4v11M7 10.500l5 5 5-5M5 20h14",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 100 6 3 3 0 000-6z",
  reply: "M9 6L3.5 11.5 9 17M3.5 11.500H14c3.5 0 6 2.5 6 6.5",
  send: "M4 12L20 4l-5 16-4-6.500z",
  escalate: "M12 20V5M5.5 11.500L12 5l6.5 6.5",
  down: "M6 9.500l6 6 6-6",
  up: "M6 14.500l6-6 6 6",
  next: "M9.5 6l6 6-6 6",
  previous: "M14.5 6l-6 6 6 6",
  forward: "M4 12h15M13 6l6 6-6 6",
  back: "M20 12H5M11 6l-6 6 6 6",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  copy: "M8 8h12v12H8zM16 8V4H4v12h4",
  refresh: "M19 12a7 7 0 11-2-5M19 3.500V8h-4.5",
  play: "M7 4.500v15l12-7.500z",
  dot: "M12 9a3 3 0 100 6 3 3 0 000-6z",
} as const;

export type IconName = keyof typeof paths;

/** These point along the line of reading and are mirrored where that runs from right to left. */
const directed: ReadonlySet<string> = new Set<IconName>([
  "next",
  "previous",
  "forward",
  "back",
  "out",
  "external",
  "reply",
  "send",
  "list",
  "words",
  "play",
]);

/** Decoration only: a word stands beside it, or the button that holds it has a label. Unknown names show a dot. */
export function Icon({ name, size = 20 }: { name: IconName | string; size?: number }) {
  return (
    <svg
      className={directed.has(name) ? "icon icon-directed" : "icon"}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name as IconName] ?? paths.dot} />
    </svg>
  );
}
