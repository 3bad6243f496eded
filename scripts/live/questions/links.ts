import { setTimeout as sleep } from 'node:timers/promises';

import { dayIn, wallClock } from '../../../stand-ins/simulator/colombia';
import { isGood } from '../palomma';
import { created, type Check, type Question } from '../question';

const about = 'Payin links';

const hour = 60 * 60 * 1000;

/** How often to look at a link, in milliseconds. */
const pause = 1_000;

/** What comes of a link with these changes. */
const link = (question: string, changes: Parameters<Check['linkWith']>[0]): Question => ({
	about,
	question,
	ask: async ({ linkWith, told }) => told(await linkWith(changes)),
});

export const linkQuestions: Question[] = [
	link('Is an amount of 1,500 taken?', { amount: 1_500 }),
	link('Is an amount of 1,501 taken?', { amount: 1_501 }),
	link('Is an amount with a fraction taken?', { amount: 5_000.5 }),
	link('Is an amount over 2,000,000 taken?', { amount: 2_000_001 }),
	link('Is a general link without availableTypes taken?', { availableTypes: undefined }),
	...['pse', 'bancolombiaButton', 'nequiButton', 'card', 'bancolombiaCollect'].map((type) =>
		link(`Is a link of type ${type} taken with nothing else?`, { type, availableTypes: undefined }),
	),
	link('Is a customer who does not exist refused?', { customerId: '01HPR57X6QR5ZRKEEKBSDBW4RA' }),
	link('Is a redirect URL without https:// taken?', { redirectUrl: 'example.com' }),
	link('Is an expiration of a day without a time taken?', { expiration: dayIn(new Date(), 2) }),
	link('Is an expiration with a time zone taken?', {
		expiration: `${dayIn(new Date(), 2)}T12:00:00-05:00`,
	}),
	link('Is an expiration after more than seven days taken?', {
		expiration: `${dayIn(new Date(), 9)}T12:00:00`,
	}),
	{
		about,
		question: 'What is the expiration if none is given?',
		async ask(check) {
			const { expiration } = created(await check.linkWith({}), check);
			const days = [0, 1, 2].map((later) => dayIn(new Date(), later));
			const day = days.findIndex((known) => String(expiration).startsWith(known));
			const when = ['today', 'tomorrow', 'the day after tomorrow'][day] ?? 'another day';
			return `${when}, as YYYY-MM-DD${String(expiration).slice(10)}`;
		},
	},
	{
		about,
		question: 'Is the time of an expiration the time in Colombia or UTC?',
		async ask(check) {
			const { palomma, linkWith, told, patience } = check;
			// In UTC, that was some hours ago.
			const soon = wallClock(new Date(Date.now() + hour));
			const answer = await linkWith({ expiration: soon });
			if (!isGood(answer)) return `${told(answer)}, so not Colombia`;
			const { id } = created(answer, check);
			for (const start = Date.now(); Date.now() - start < patience; await sleep(pause)) {
				const { body } = await palomma.get(`/payinLinks/${id}`);
				if (body['status'] === 'cancelled') return 'UTC: the link was cancelled before its time';
			}
			return `Colombia, it seems: still open after ${patience / 1000} s`;
		},
	},
	{
		about,
		question: 'Can two links have the same reference?',
		async ask(check) {
			const { reference } = check.invention.link('');
			created(await check.linkWith({ reference }), check);
			return check.told(await check.linkWith({ reference }));
		},
	},
];
