import { runTogether } from '../support/together';

runTogether('resources');
