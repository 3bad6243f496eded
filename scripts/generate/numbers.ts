import { endpoints } from './contract';
import { textOf } from './generated';

/** Documents written by hand that say how many endpoints there are: "all 22 endpoints". */
const files = ['README.md', 'docs/verification.md'];

/** These documents, by file, with the number as it is. */
export async function withNumbers(): Promise<Map<string, string>> {
	const texts = new Map<string, string>();
	for (const file of files) {
		const text = (await textOf(file)) ?? '';
		texts.set(file, text.replace(/(\ball )\d+(?= endpoints)/gi, `$1${endpoints.length}`));
	}
	return texts;
}
