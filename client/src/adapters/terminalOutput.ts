import { Writable } from 'node:stream';

/** A stream that takes what the container writes, and tells the size of the terminal to who asks for it. */
export class TerminalOutput extends Writable {
  rows = 24;
  columns = 80;
  readonly #write: (text: string) => void;
  readonly #decoder = new TextDecoder();

  constructor(write: (text: string) => void) {
    super();
    this.#write = write;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    // A character of several bytes may be cut by the end of a chunk.
    this.#write(this.#decoder.decode(chunk, { stream: true }));
    done();
  }

  resize({ columns, rows }: { readonly columns: number; readonly rows: number }): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }
}
