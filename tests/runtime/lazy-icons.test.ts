/** An icon package whose icons are made when they are asked for must look like the one whose icons are all there. */
import { expect, test, vi } from "vitest";
import { lazyIcons } from "#lib/runtime/lazy-icons.ts";

const icons = {
  drawings: { "house-plus": '{"name":"house-plus"}', x: '{"name":"x"}' },
  files: { HousePlus: "house-plus", HomePlus: "house-plus", X: "x" },
  listed: ["HousePlus", "X"],
};
const make = vi.fn((data: object) => ({ data }));
type Module = Record<string, unknown> & { icons: Record<string, unknown> };
const open = () => lazyIcons(icons, make, { createIcon: make }) as Module;

test("an icon is made once, when it is first asked for, and all its names are the same one", () => {
  make.mockClear();
  const module = open();
  expect(make).not.toHaveBeenCalled();
  const icon = module.HousePlus;
  expect(icon).toEqual({ data: { name: "house-plus" } });
  for (const name of ["HomePlus", "HousePlusIcon", "LucideHousePlus", "LucideHomePlus"])
    expect(module[name], name).toBe(icon);
  expect(module.icons.HousePlus).toBe(icon);
  expect(make).toHaveBeenCalledTimes(1);
});

test("what is no icon is there as it is, and what is not there is undefined", () => {
  const module = open();
  expect(module.createIcon).toBe(make);
  expect(module.__esModule).toBe(true);
  for (const name of ["Nothing", "constructor", "__proto__", "LucideXIcon", "Icon", "Lucide"])
    expect(name in module && module[name] !== undefined, name).toBe(false);
});

test("it can be listed, spread and taken apart like any module", () => {
  const module = open();
  expect(Object.keys(module)).toHaveLength(3 * 3 + 3);
  const { X, ...rest } = { ...module };
  expect(X).toBe(module.XIcon);
  expect(rest.HomePlus).toBe(module.HousePlus);
  expect(Object.keys(module.icons)).toEqual(["HousePlus", "X"]);
});
