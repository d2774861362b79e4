import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import "./globals.css";

const sans = localFont({
  src: "../node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2",
  variable: "--font-instrument-sans",
  weight: "400 700",
});
const serif = localFont({
  src: "../node_modules/@fontsource/instrument-serif/files/instrument-serif-latin-400-normal.woff2",
  variable: "--font-instrument-serif",
});
const mono = localFont({
  src: "../node_modules/@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2",
  variable: "--font-geist-mono",
  weight: "100 900",
  preload: false,
});

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Triptych",
  description: "Three running versions of a page, side by side.",
};
export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  interactiveWidget: "resizes-content",
};

/** Before the first paint, so that no page flashes in the other theme; without a choice it follows the system. */
const THEME = `(()=>{const chosen=()=>{try{return localStorage.getItem("triptych:theme")}catch{return null}};
const system=matchMedia("(prefers-color-scheme: dark)"),use=()=>{document.documentElement.dataset.theme=chosen()||(system.matches?"dark":"light")};
use();system.addEventListener("change",use)})()`;

/** Also before it: was this table left in another view than the first one? Its places are known a moment later (kept-view.ts). */
const VIEW = `try{const kept=JSON.parse(localStorage.getItem("triptych:views")||"[]").find(([id])=>id===location.pathname);
if(kept&&(kept[1].view!=="three"||kept[1].width!==1280))document.documentElement.dataset.left=kept[1].view}catch{}`;

export default async function Layout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <html
      lang="en"
      className={`${sans.variable} ${serif.variable} ${mono.variable}`}
      suppressHydrationWarning
    >
      <body>
        <script
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: `${THEME};${VIEW}` }}
        />
        {children}
      </body>
    </html>
  );
}
