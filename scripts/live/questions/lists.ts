import { setTimeout as sleep } from 'node:timers/promises';

import { resources } from '../../../nodes/Palomma/resources';
import { schemaNameOf, schemaOf } from '../../generate/contract';
import { itemsOf, isGood } from '../palomma';
import { created, type Check, type Question } from '../question';

const about = 'Lists';

/** How often to look whether something has come up, in milliseconds. */
const pause = 250;

/** Waits until a list shows the entry, and says how long that took. */
async function shownAfter(check: Check, path: string, id: string): Promise<number | undefined> {
	const { palomma, patience } = check;
	const start = Date.now();
	for (;;) {
		if (itemsOf(await palomma.get(path)).some((item) => item['id'] === id)) {
			return Date.now() - start;
		}
		if (Date.now() - start >= patience) return undefined;
		await sleep(pause);
	}
}

/** What a filter does, told by a value that no entry has. */
const filter = (list: string, name: string): Question => ({
	about,
	question: `Does GET /${list} filter by ${name}?`,
	async ask({ palomma, invention, told }) {
		const all = await palomma.get(`/${list}?limit=1`);
		if (!isGood(all)) return told(all);
		if (itemsOf(all).length === 0) return 'not known: the list is empty';
		const none = await palomma.get(`/${list}?limit=1&${name}=${invention.tag}-nobody`);
		if (!isGood(none)) return told(none);
		return itemsOf(none).length === 0 ? 'yes' : 'no: it is ignored';
	},
});

/** What a list may be filtered by: its entries are asked for by reference, and by customer if they show one. */
const filters = resources
	.filter(({ parent }) => parent === undefined)
	.flatMap((resource) => {
		const { properties = {} } = schemaOf({ $ref: schemaNameOf(resource) });
		const names = ['reference', ...('customerId' in properties ? ['customerId'] : [])];
		return names.map((name) => filter(resource.path.slice(1), name));
	});

export const listQuestions: Question[] = [
	{
		about,
		question: 'How soon does GET /customers?reference= show a new customer?',
		async ask(check) {
			const reference = check.invention.reference();
			const body = check.invention.customer({ reference });
			const { id } = created(await check.palomma.post('customers', body), check);
			const after = await shownAfter(check, `/customers?reference=${reference}`, id);
			if (after === undefined) return `not within ${check.patience / 1000} s`;
			return after < 1000 ? 'within a second' : `after ${Math.round(after / 1000)} s`;
		},
	},
	{
		about,
		question: 'Does the reference have to be whole and in the same letters?',
		async ask(check) {
			const { palomma, invention } = check;
			const reference = `${invention.tag}-Whole`;
			const { id } = created(
				await palomma.post('customers', invention.customer({ reference })),
				check,
			);
			const finds = async (value: string) =>
				itemsOf(await palomma.get(`/customers?reference=${value}`)).length > 0;
			const shown = await shownAfter(check, `/customers?reference=${reference}`, id);
			if (shown === undefined || (await finds(`${invention.tag}-nobody`))) {
				return 'not known: it is not filtered';
			}
			const letters = await finds(`${invention.tag}-wHOLE`);
			const part = await finds(`${invention.tag}-Who`);
			return `${part ? 'a part finds it' : 'whole'}, ${letters ? 'any letters find it' : 'the same letters'}`;
		},
	},
	...filters,
	{
		about,
		question: 'How are the customers ordered?',
		async ask({ palomma }) {
			const page = itemsOf(await palomma.get('/customers?limit=100'));
			const dates = page.map(({ createdAt }) => String(createdAt));
			const [first = '', last = ''] = [dates.at(0), dates.at(-1)];
			if (first === last) return 'not known: too few customers';
			const sorted = [...dates].sort();
			if (dates.join() === sorted.join()) return 'oldest first';
			return dates.join() === sorted.reverse().join() ? 'newest first' : 'otherwise';
		},
	},
	{
		about,
		question: 'Is count the size of the page or of the whole list?',
		async ask({ palomma, told }) {
			const answer = await palomma.get('/customers?limit=1');
			const { count, cursor } = answer.body;
			if (!isGood(answer)) return told(answer);
			if (cursor === null) return 'not known: too few customers';
			return count === 1 ? 'the page' : count === undefined ? 'there is none' : 'the whole list';
		},
	},
	...['limit=101', 'limit=0', 'cursor=made-up', 'notDocumented=1'].map((query): Question => ({
		about,
		question: `What does GET /customers?${query} come to?`,
		ask: async ({ palomma, told }) => told(await palomma.get(`/customers?${query}`)),
	})),
];
