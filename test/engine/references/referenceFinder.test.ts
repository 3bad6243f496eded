import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type * as Finder from '../../../nodes/Palomma/operations/referenceFinder';
import type * as Paging from '../../../nodes/Palomma/transport/paging';
import type * as Resources from '../../../nodes/Palomma/resources';
import type { ApiRequest, Client } from '../../../nodes/Palomma/transport/client';
import { thoroughly } from '../../support/thorough';
import { built } from '../../support/workflow';

const { oldestOf, ReferenceFinder } = built<typeof Finder>('Palomma/operations/referenceFinder');
const { readList } = built<typeof Paging>('Palomma/transport/paging');
const [customer] = built<typeof Resources>('Palomma/resources').resources;

const pageSize = 100;

/** A list, and how often it was asked for a page of it, or for one reference. */
function listOf(entries: IDataObject[]) {
	const requests = { pages: 0, lookUps: 0 };
	const byReference = new Map<unknown, IDataObject[]>();
	for (const entry of entries) {
		const { reference } = entry;
		const others = byReference.get(reference);
		if (others === undefined) byReference.set(reference, [entry]);
		else others.push(entry);
	}
	const client: Pick<Client, 'send'> = {
		async send({ query = {} }: ApiRequest) {
			const { reference, cursor } = query;
			requests[reference === undefined ? 'pages' : 'lookUps'] += 1;
			const matching = reference === undefined ? entries : (byReference.get(reference) ?? []);
			const end = Number(cursor ?? 0) + pageSize;
			return {
				items: matching.slice(end - pageSize, end),
				cursor: end < matching.length ? String(end) : null,
			};
		},
	};
	return { requests, client: client as Client };
}

const rowsWanted = fc.integer({ min: pageSize + 1, max: 1000 });
/** References of the list: some of the rows, some several times, and others, in any order. */
const anyCase = fc
	.record({
		rows: rowsWanted,
		concurrency: fc.integer({ min: 1, max: 50 }),
		others: fc.integer({ min: 0, max: 12_000 }),
		missing: fc.integer({ min: 0, max: 5 }),
		repeated: fc.integer({ min: 0, max: 20 }),
		seed: fc.integer(),
	})
	.map((given) => ({ ...given, entries: entriesFor(given) }));

function entriesFor(given: {
	rows: number;
	others: number;
	missing: number;
	repeated: number;
	seed: number;
}): IDataObject[] {
	const references = [
		...Array.from({ length: given.rows - given.missing }, (_, index) => `row-${index}`),
		...Array.from({ length: given.repeated }, (_, index) => `row-${index}`),
		...Array.from({ length: given.others }, (_, index) => `other-${index}`),
	];
	let state = given.seed >>> 0;
	const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
	return references
		.map((reference, index) => ({ reference, id: `id-${index}`, place: random() }))
		.sort((a, b) => a.place - b.place)
		.map(({ reference, id }) => ({
			reference,
			id,
			createdAt: new Date(Math.floor(random() * 1e12)).toISOString(),
		}));
}

it('costs at most twice the better way, and finds the oldest, whatever the list', async () => {
	await fc.assert(
		fc.asyncProperty(anyCase, async ({ rows, concurrency, missing, entries }) => {
			const { requests, client } = listOf(entries);
			const finder = new ReferenceFinder(customer);
			const references = Array.from({ length: rows }, (_, index) => `row-${index}`);
			finder.expect(new Set(references), concurrency);
			const found = await Promise.all(
				references.map(async (reference) => await finder.find(client, reference)),
			);

			const oldest = new Map<unknown, IDataObject>();
			for (const entry of entries) {
				const other = oldest.get(entry['reference']);
				if (!other || (entry['createdAt'] as string) < (other['createdAt'] as string)) {
					oldest.set(entry['reference'], entry);
				}
			}
			expect(found.map((some) => oldestOf(some)?.['id'])).toEqual(
				references.map((reference) => oldest.get(reference)?.['id']),
			);

			// Who is missing has to be looked up in any case, right before being created.
			const lookUps = requests.lookUps - missing;
			const steps = (count: number) => Math.ceil(count / concurrency);
			const pages = Math.max(1, Math.ceil(entries.length / pageSize));
			const ours = {
				steps: requests.pages + steps(Math.max(0, lookUps)),
				requests: requests.pages + lookUps,
			};
			const ways = [
				{ steps: pages, requests: pages },
				{ steps: steps(rows), requests: rows },
			];
			const better = Math.min(...ways.map(({ steps: count }) => count));
			expect(ours.steps).toBeLessThanOrEqual(2 * better);
			const likeOneOfThem = ways.some(
				(way) => way.steps === better && ours.requests <= 2 * way.requests,
			);
			expect(likeOneOfThem).toBe(true);
		}),
		{ numRuns: thoroughly(500, 30) },
	);
});

it('a list can be read for its first 200,000 entries, however long it is', async () => {
	const entries = Array.from({ length: 200_001 }, (_, index) => ({ id: `id-${index}` }));
	const { requests, client } = listOf(entries);
	const list = await readList(client, { what: 'customers', path: '/customers', limit: 200_000 });
	expect(list).toHaveLength(200_000);
	expect(requests.pages).toBe(2000);
	await expect(readList(client, { what: 'customers', path: '/customers' })).rejects.toThrow(
		"Palomma's list of customers does not end after 2000 pages",
	);
});
