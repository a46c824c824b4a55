import type { BuildOptions } from 'esbuild';
import { noCompiledAddOns } from './noCompiledAddOns.ts';
import { onlyFlowcharts } from './onlyFlowcharts.ts';

/** One program that esbuild makes of the sources. */
export interface Bundle {
  readonly name: string;
  /** Where its code starts, relative to the project's root. */
  readonly entry: string;
  /** The file it becomes, relative to the output folder. */
  readonly output: string;
  /** Whether the editor extension needs it; what it does not need stays out of the .vsix. */
  readonly shipped: boolean;
  /** Whether it is a program that a shell starts by its name. */
  readonly executable: boolean;
  readonly options: BuildOptions;
}

/** Packages written as CommonJS call `require` and ask for `__dirname`, which an ES module has not. */
const REQUIRE_FOR_ES_MODULES =
  "import { createRequire as createRequireForBundle } from 'node:module';\n" +
  'const require = createRequireForBundle(import.meta.url);\n' +
  'const __dirname = import.meta.dirname;';

const SHEBANG = '#!/usr/bin/env node\n';

const ES_MODULE: BuildOptions = { format: 'esm', banner: { js: REQUIRE_FOR_ES_MODULES } };

/** Everything that `npm run build` makes of TypeScript. */
export const BUNDLES: readonly Bundle[] = [
  {
    name: 'extension',
    entry: 'client/src/extension.ts',
    output: 'extension.cjs',
    shipped: true,
    executable: false,
    options: { format: 'cjs', external: ['vscode'] },
  },
  {
    name: 'language server',
    entry: 'server/src/languageServer.ts',
    output: 'languageServer.js',
    shipped: true,
    executable: false,
    options: ES_MODULE,
  },
  {
    // The page that draws pictures of patterns; it is loaded when the first one is asked for.
    name: 'pictures',
    entry: 'client/src/pictures/page.ts',
    output: 'pictures.js',
    shipped: true,
    executable: false,
    options: { format: 'iife', platform: 'browser', target: 'es2022', plugins: [onlyFlowcharts] },
  },
  {
    name: 'command line',
    entry: 'cli/src/main.ts',
    output: 'cli.js',
    shipped: false,
    executable: true,
    options: { ...ES_MODULE, banner: { js: SHEBANG + REQUIRE_FOR_ES_MODULES } },
  },
];

/** The folders whose files end up in a bundle. */
export const BUNDLE_SOURCES: readonly string[] = ['client', 'server', 'cli', 'protocol', 'schemas'];

/** The options that every bundle shares. `production` gives what is shipped: small and without source maps. */
export function bundleOptions(bundle: Bundle, root: string, outputFile: string, production: boolean): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: outputFile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    // Packages that offer both are better bundled as ES modules: smaller, and without the wrappers esbuild cannot see through.
    mainFields: ['module', 'main'],
    minifyWhitespace: production,
    minifySyntax: production,
    // Stack traces and the names that errors show must stay readable. Short names that are set right at the start cost some
    // 30 ms and 4 MB of the language server, more than the longer text does.
    minifyIdentifiers: false,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'silent',
    ...bundle.options,
    plugins: [noCompiledAddOns, ...(bundle.options.plugins ?? [])],
  };
}
