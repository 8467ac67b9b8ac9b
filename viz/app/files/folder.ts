/** What a page says of where it lies: beside its files, without a server (`site/page.py`, `Visit.file`). */
export function filesOf(page: Document): Folder | null {
  const { files, page: name = "" } = page.documentElement.dataset;
  return files === undefined ? null : folderAt(new URL(files, page.baseURI).href, name);
}

const known = new Map<string, Folder>();

/** One folder a page, so that each file is read once, whichever islands ask. */
function folderAt(address: string, name: string): Folder {
  const held = known.get(address) ?? new Folder(new URL(address), name);
  known.set(address, held);
  return held;
}

/** The first two bytes of what gzip made. */
const MAGIC = [0x1f, 0x8b];
const FIRST_LANGUAGE = "index.html";

/** The explorer's files (`pobratim/publishing/explorer`), and the pages around them. */
export class Folder {
  private readonly held = new Map<string, Promise<unknown>>();

  /** `page` is the name of a page's file in the language of this one. */
  constructor(private readonly files: URL, private readonly page: string) {}

  /** A file by its name. Rejects where the host does not give it. */
  read<T>(name: string): Promise<T> {
    const asked = this.held.get(name) ?? this.fetched(name);
    this.held.set(name, asked);
    asked.catch(() => this.held.delete(name)); // an error is not the answer: ask again
    return asked as Promise<T>;
  }

  /** The address of a page by its folder below the one that went out. */
  to(folder: string, pairs: Readonly<Record<string, string>> = {}): string {
    const name = this.page === FIRST_LANGUAGE ? "" : this.page;
    const address = new URL(`../${folder.split("/").map(encodeURIComponent).join("/")}/${name}`, this.files);
    for (const [key, value] of Object.entries(pairs)) address.searchParams.set(key, value);
    return address.href;
  }

  /** A compressed text by its path below the folder that went out. Rejects where the host does not give it. */
  async text(path: string): Promise<string> {
    return (await unpacked(new URL(`../${path}`, this.files))).text();
  }

  private async fetched(name: string): Promise<unknown> {
    return (await unpacked(new URL(`${name}.json.gz`, this.files))).json();
  }
}

async function unpacked(address: URL): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address.href}`);
  const content = await answer.arrayBuffer();
  const start = new Uint8Array(content, 0, Math.min(2, content.byteLength));
  // Some hosts say of such files that they are compressed on the way: the browser has unpacked them then.
  if (!MAGIC.every((byte, at) => start[at] === byte)) return new Response(content);
  return new Response(new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip")));
}
