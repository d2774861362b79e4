declare module "react-refresh/runtime" {
  export function injectIntoGlobalHook(target: Window): void;
  export function register(component: unknown, id: string): void;
  export function setSignature(component: () => void, key: string, forceReset: boolean): void;
  export function performReactRefresh(): unknown;
}
