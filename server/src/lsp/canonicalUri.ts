import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The one spelling of a document's URI. Clients differ in what they escape (`file:///c%3A/a`, `file:///C:/a`), and the
 * same file must not be held twice. URIs of other schemes are kept as they are.
 */
export function canonicalUri(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  let path: string;
  try {
    path = fileURLToPath(uri);
  } catch {
    // A file URI with a host or with escaped slashes names no file of this machine; its spelling is all there is.
    return uri;
  }
  return pathToFileURL(path.replace(/^[a-z]:/, (drive) => drive.toUpperCase())).href;
}
