/** Plain JavaScript: a file in TypeScript would be compiled anew at each start of the server. */
/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  // Types are checked by `npm run check`; once more in each build would cost whoever starts it seconds.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  // All pages' code at every start costs half a second of a core, also for rooms that only come back after a crash.
  experimental: { preloadEntriesOnStart: false },
};

export default config;
