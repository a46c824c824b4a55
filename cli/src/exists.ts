import { stat } from 'node:fs/promises';

/** Whether there is a file or folder of this name. Rejects where that cannot be known, as without the right to look. */
export async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
