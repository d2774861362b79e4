/** A large package's script puts itself into the runtime's registry (packages.ts). */
type Registry = { modules: Record<string, object>; loaded(name: string): void };

export function addPackage(modules: Record<string, object>): void {
  const registry = (window as unknown as { __triptychPackages: Registry }).__triptychPackages;
  for (const [name, module] of Object.entries(modules)) {
    registry.modules[name] = module;
    registry.loaded(name);
  }
}
