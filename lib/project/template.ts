/**
 * The files a project starts with: an ordinary Vite + React + TypeScript + Tailwind v4 app, so that what goes out runs
 * anywhere with `npm i && npm run dev` (design §4.8).
 */
import type { Files } from "./files.ts";

const packageJson = {
  name: "page",
  private: true,
  version: "0.0.0",
  type: "module",
  scripts: { dev: "vite", build: "vite build", preview: "vite preview" },
  dependencies: {
    react: "19.3.1",
    "react-dom": "19.3.1",
    clsx: "2.1.1",
    "lucide-react": "1.75.0",
    motion: "14.14.0",
    "tailwind-merge": "3.7.0",
  },
  devDependencies: {
    "@tailwindcss/vite": "4.3.5",
    "@types/react": "19.2.0",
    "@types/react-dom": "19.2.0",
    "@vitejs/plugin-react": "5.0.4",
    tailwindcss: "4.3.5",
    typescript: "5.9.3",
    vite: "6.4.6",
  },
};

const indexHtml = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>New page</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/src/main.tsx"></script>
  </body>
</html>
`;

const main = `import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import App from "./App";
import "./index.css";

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
`;

const app = `export default function App() {
  return (
    <main className="grid min-h-screen place-items-center bg-paper px-6 text-ink">
      <p className="max-w-md text-center font-display text-2xl">A fresh sheet. Describe the page and it will write itself here.</p>
    </main>
  );
}
`;

const css = `@import "tailwindcss";

@theme {
  --font-display: "Instrument Serif", Georgia, serif;
  --font-body: "Instrument Sans Variable", system-ui, sans-serif;
  --color-paper: oklch(0.985 0.004 95);
  --color-ink: oklch(0.24 0.012 80);
  --color-accent: oklch(0.52 0.15 40);
}

body {
  font-family: var(--font-body);
}
`;

const viteConfig = `import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({ plugins: [react(), tailwindcss()] });
`;

const tsconfig = `${JSON.stringify(
  {
    compilerOptions: {
      target: "ES2022",
      lib: ["ES2022", "DOM", "DOM.Iterable"],
      module: "ESNext",
      moduleResolution: "bundler",
      jsx: "react-jsx",
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ["vite/client"],
    },
    include: ["src"],
  },
  null,
  2,
)}\n`;

export const templateFiles: Files = new Map([
  ["/index.html", indexHtml],
  ["/package.json", `${JSON.stringify(packageJson, null, 2)}\n`],
  ["/src/App.tsx", app],
  ["/src/index.css", css],
  ["/src/main.tsx", main],
  ["/tsconfig.json", tsconfig],
  ["/vite.config.ts", viteConfig],
]);
