import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { IDataObject } from 'n8n-workflow';

import { offer } from './helperProcess';

interface Job {
	baseUrl: string;
	apiKey: string;
	rows: IDataObject[];
	inFlight: number;
}

const tasks = {
	/**
	 * The same requests in a bare loop, without n8n and without a node: nothing can be faster with so many
	 * requests in flight.
	 *
	 * @returns milliseconds
	 */
	async create(job: Job): Promise<number> {
		const started = performance.now();
		let next = 0;
		const walk = async () => {
			for (let row = job.rows[next++]; row !== undefined; row = job.rows[next++]) {
				await post(job, row);
			}
		};
		await Promise.all(Array.from({ length: job.inFlight }, walk));
		return performance.now() - started;
	},
};

async function post({ baseUrl, apiKey }: Job, row: IDataObject): Promise<unknown> {
	return await new Promise((resolve, reject) => {
		const outgoing = request(
			`${baseUrl}/customers`,
			{
				method: 'POST',
				// A connection for each request, because n8n's nodes have no other choice.
				agent: false,
				headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
			},
			(response) => {
				text(response)
					.then((body) => JSON.parse(body) as unknown)
					.then(resolve, reject);
			},
		);
		outgoing.once('error', reject);
		outgoing.end(JSON.stringify(row));
	});
}

export type FloorTasks = typeof tasks;

offer(tasks);
