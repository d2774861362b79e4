/** Plain JavaScript: a file in TypeScript would be compiled anew at each start of the server. */
/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  turbopack: { root: import.meta.dirname },
};

export default config;
