import { table } from '../markdown';

/** What Palomma answered to a question. */
export interface Finding {
	about: string;
	question: string;
	answer: string;
}

export interface ReportFacts {
	/** Who was asked. */
	environment: string;
	/** When, as YYYY-MM-DD. */
	day: string;
	/** How many entries of each list were created. */
	created: ReadonlyMap<string, number>;
	findings: Finding[];
}

/**
 * A report that anybody may read.
 *
 * @throws if the key is in it
 */
export function reportOf(facts: ReportFacts, apiKey: string): string {
	const { environment, day, created, findings } = facts;
	const cell = (text: string) => text.replaceAll('|', '\\|');
	const counts = [...created].map(([list, count]) => `${count} ${list}`).join(', ');
	const report = `# What Palomma's API does

Asked: ${environment}, ${day}. Created: ${counts === '' ? 'nothing' : counts}. Everything that was sent is invented; the API key and
what is in the account are not in here.

${table(
	['About', 'Question', 'Answer'],
	findings.map(({ about, question, answer }) => [about, question, answer].map(cell)),
)}
`;
	if (report.includes(apiKey))
		throw new Error('The key would be in the report. Nothing is written.');
	return report;
}
