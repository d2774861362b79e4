"use client";
import { useEffect, useRef, useState } from "react";
import { tell } from "#components/ui/toaster.tsx";

type ShareLinkProps = {
  url: string;
  /** At once, and says so: it was asked for by its key. */
  copies: boolean;
};

/** The address to hand on: to copy, or to hold a phone's camera at. */
export function ShareLink({ url, copies }: ShareLinkProps) {
  const [copied, setCopied] = useState("");
  const [isCode, setCode] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    field.current?.select();
    const isCopied = await copyText(url);
    if (isCopied) setCopied(url);
    return isCopied;
  };
  const latest = useRef(copy);
  latest.current = copy;
  useEffect(() => {
    if (!copies || url === "") return;
    void latest.current().then((isCopied) => {
      if (isCopied) void tell("The link is copied.");
    });
  }, [copies, url]);
  return (
    <div className="mt-4">
      <div className="flex gap-2">
        <input
          ref={field}
          aria-label="Link"
          readOnly
          className="field h-8 min-w-0 flex-1 rounded-sm bg-raised px-2 font-mono text-xs"
          value={url}
          onFocus={(event) => event.target.select()}
        />
        <button
          type="button"
          className="button button-line"
          aria-pressed={isCode}
          disabled={url === ""}
          onClick={() => setCode(!isCode)}
        >
          QR code
        </button>
        <button
          type="button"
          className="button button-solid"
          onClick={() => void copy()}
          disabled={url === ""}
        >
          {copied !== "" && copied === url ? "Copied" : "Copy"}
        </button>
      </div>
      {isCode && url ? <QrCode url={url} /> : null}
    </div>
  );
}

/** False where the browser does not let it: then the link is selected for the person's own copy key. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Plain http has no clipboard, but this.
    return document.execCommand("copy");
  }
}

/** Made in this page: an address with a token goes to no other program. */
function QrCode({ url }: { url: string }) {
  const [svg, setSvg] = useState("");
  useEffect(() => {
    let isCurrent = true;
    void import("uqr").then(({ renderSVG }) => {
      if (isCurrent) setSvg(renderSVG(url, { border: 2 }));
    });
    return () => {
      isCurrent = false;
    };
  }, [url]);
  if (svg === "") return null;
  // Dark on light in both themes: some cameras do not read the inverse.
  return (
    <img
      className="mt-3 size-48 rounded-sm bg-white"
      alt="QR code of the link"
      src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
    />
  );
}
