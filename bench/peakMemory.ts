import { readFile, writeFile } from 'node:fs/promises';

/** The highest memory use of a process, which only Linux tells. */
export class PeakMemory {
	constructor(private readonly pid: number) {}

	/** From now on. */
	async reset(): Promise<void> {
		if (process.platform !== 'linux') return;
		// "5" makes the present use the highest so far; see proc(5).
		await writeFile(`/proc/${this.pid}/clear_refs`, '5');
	}

	/** In bytes since the last reset; undefined where it is not measured. */
	async read(): Promise<number | undefined> {
		if (process.platform !== 'linux') return undefined;
		const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
		const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
		return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
	}
}
