/** Compiled imports look for `__esModule` and `default`. */
export function interop(module: object): object {
  if ("__esModule" in module) return module;
  const whole = module as { default?: unknown };
  return { ...module, default: whole.default ?? module, __esModule: true };
}
