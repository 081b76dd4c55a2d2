import assert from 'node:assert/strict'
import * as anthropicServer from '../../local/simulated-anthropic/server.ts'
import { startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { installChromium } from './browser-tool.ts'
import { breaksNoAccessibilityRule, fitsEveryWindow, memberPathOf } from './dashboard/accessibility.ts'
import { openPage, startBenchBrowser } from './dashboard/browser.ts'
import { connectsByKeyboard, refusesTheSameOrganization } from './dashboard/connecting.ts'
import { readsTheDayChart } from './dashboard/day-chart.ts'
import { everyPageByKeyboard } from './dashboard/every-page-by-keyboard.ts'
import { tellsOfEveryFailure } from './dashboard/failures.ts'
import { watchesTheFirstSync } from './dashboard/first-sync.ts'
import { startLocalRollcall } from './dashboard/local-rollcall.ts'
import {
  downloadsExactlyTheFiltered,
  filtersMembersByKeyboard,
  showsAMember,
  findsPeopleOutsideOfTheView,
  tellsOfAMisspeltFilter,
} from './dashboard/members.ts'
import { showsInvitations, tellsAMembersStory } from './dashboard/evidence.ts'
import { readsKeysWithFindingsFirst } from './dashboard/keys.ts'
import { findsIdlePeople, leadsOnFromNoRecentUse } from './dashboard/no-recent-use.ts'
import { decidesFromTheOverview, everySentenceLeadsToWhatItCounts } from './dashboard/overview.ts'
import { findsWhoLeft, leaverPathOf, readsPeople, removesTheRoster } from './dashboard/people.ts'
import { showsTheApisFigures } from './dashboard/organization.ts'
import {
  completedReviewPath,
  openReviewPath,
  printsAReview,
  reviewsByKeyboard,
  showsViewersReviewsOnly,
} from './dashboard/review-pages.ts'
import { completesAndFollowsUp, createsAReview, decidesOnEverybody, leavesAReviewOpen } from './dashboard/reviews.ts'
import { disconnectsTheSecondProvider, showsASecondProvider } from './dashboard/second-provider.ts'
import { changesSettings, disconnects, namesWhatIsRefused, replacesARevokedKey } from './dashboard/settings.ts'
import { signsInAtEveryProvider } from './dashboard/signing-in.ts'
import { callsNoFigureByAnothersName, keepsEverythingInPlace } from './dashboard/slow-answers.ts'
import { readsWhatItCosts } from './dashboard/spend.ts'
import { readApi, type Stage } from './dashboard/stage.ts'
import type { Bench, Step } from './step.ts'
import { TOKENS, hidesWhatWritesFromViewers } from './dashboard/viewer.ts'
import { cutsNoListOff, cutsNothingOff } from './dashboard/widths.ts'

const MEMBERS = 240

type Stories = Readonly<Record<string, (stage: Stage) => Promise<void>>>

const STORIES_OF_AN_ADMIN: Stories = {
  'connects by keyboard, after wrong keys': connectsByKeyboard,
  'watches the first sync': watchesTheFirstSync,
  'refuses the same organization': refusesTheSameOrganization,
  'shows the figures of the API': showsTheApisFigures,
  'leads from every sentence to what it counts': everySentenceLeadsToWhatItCounts,
  'decides from the overview': decidesFromTheOverview,
  'finds people without recent use': findsIdlePeople,
  'leads on from no recent use': leadsOnFromNoRecentUse,
  'reads the chart of days': readsTheDayChart,
  'cuts nothing off in the list of members': cutsNothingOff,
  'cuts nothing off in the lists of keys and invitations': cutsNoListOff,
  'calls no figure by another’s name': callsNoFigureByAnothersName,
  'keeps everything in place': keepsEverythingInPlace,
  'tells of every failure': tellsOfEveryFailure,
  'filters members by keyboard': filtersMembersByKeyboard,
  'downloads exactly the filtered members': downloadsExactlyTheFiltered,
  'finds people outside of the view': findsPeopleOutsideOfTheView,
  'tells of a misspelt filter': tellsOfAMisspeltFilter,
  'shows a member': showsAMember,
  'tells a member’s story': tellsAMembersStory,
  'reads keys with findings first': readsKeysWithFindingsFirst,
  'shows invitations': showsInvitations,
  'reads what it costs': readsWhatItCosts,
  'reaches everything on every page by keyboard': everyPageByKeyboard,
  'breaks no accessibility rule': breaksNoAccessibilityRule,
  'fits the overview to every window': fitsEveryWindow(() => '/'),
  'fits the findings to every window': fitsEveryWindow(() => '/findings'),
  'fits the organizations to every window': fitsEveryWindow(() => '/organizations'),
  'fits an organization to every window': fitsEveryWindow(({ integrationPath }) => integrationPath),
  'fits the members to every window': fitsEveryWindow(({ integrationPath }) => `${integrationPath}/members`),
  'fits a member to every window': fitsEveryWindow(memberPathOf),
  'fits the keys to every window': fitsEveryWindow(({ integrationPath }) => `${integrationPath}/keys`),
  'fits the spend to every window': fitsEveryWindow(({ integrationPath }) => `${integrationPath}/spend`),
  'fits the invitations to every window': fitsEveryWindow(
    ({ integrationPath }) => `${integrationPath}/members?view=invited`,
  ),
  'shows a second provider': showsASecondProvider,
  'reads people of both organizations': readsPeople,
  'finds who left the company within one page': findsWhoLeft,
  'fits the people to every window': fitsEveryWindow(() => '/people'),
  'fits a person to every window': fitsEveryWindow(leaverPathOf),
  'fits the roster to every window': fitsEveryWindow(() => '/people/roster'),
  'removes the roster': removesTheRoster,
  'disconnects the second provider': disconnectsTheSecondProvider,
  'replaces a revoked key': replacesARevokedKey,
  'names what is refused': namesWhatIsRefused,
  'changes settings': changesSettings,
}

const STORIES_BY_TOKEN: Stories = {
  'hides what writes from viewers': hidesWhatWritesFromViewers,
  'creates a review of what is there now': createsAReview,
  'decides on everybody by keyboard, but not on themselves': decidesOnEverybody,
  'completes a review, which proves itself, and follows it up': completesAndFollowsUp,
  'leaves a review open': leavesAReviewOpen,
  'shows viewers reviews and nothing that decides': showsViewersReviewsOnly,
  'signs in and out at every provider': signsInAtEveryProvider,
}

const LAST_STORIES: Stories = {
  'reaches everything on the pages of reviews by keyboard': reviewsByKeyboard,
  'prints a review': printsAReview,
  'fits the reviews to every window': fitsEveryWindow(() => '/reviews'),
  'fits a new review to every window': fitsEveryWindow(() => '/reviews/new'),
  'fits an open review to every window': fitsEveryWindow(openReviewPath),
  'fits a completed review to every window': fitsEveryWindow(completedReviewPath),
  disconnects,
}

/** What people do in the dashboard, done in a real browser, mostly without a mouse. */
export const dashboardStep: Step = {
  name: 'dashboard',
  shows:
    'people connect, read, filter, export, repair and remove in a real browser; viewers only read; axe finds nothing',
  run: async (bench) => {
    await installChromium(bench)
    const openai = await startSimulatedOrganization({ members: MEMBERS })
    bench.onEnd(() => openai.close())
    const anthropic = await anthropicServer.startSimulatedOrganization({
      members: MEMBERS,
      inCommon: { share: 0.6, members: MEMBERS },
    })
    bench.onEnd(() => anthropic.close())
    const around = { bench, openai, anthropic, browser: await startBenchBrowser(bench) }
    const integrationPath = await play(STORIES_OF_AN_ADMIN, { ...around, integrationPath: '' })
    await play(STORIES_BY_TOKEN, { ...around, integrationPath, isGuarded: true })
    await play(LAST_STORIES, { ...around, integrationPath })
  },
}

/** Plays stories one after the other on a product that goes on where the one before stopped. Gives the integration's address. */
async function play(
  stories: Stories,
  given: Pick<Stage, 'openai' | 'anthropic' | 'browser' | 'integrationPath'> & {
    readonly bench: Bench
    /** Whether it asks for a token. */
    readonly isGuarded?: true
  },
): Promise<string> {
  const { bench, openai, anthropic, browser, integrationPath, isGuarded = false } = given
  const tokens = isGuarded && { tokens: TOKENS }
  const rollcall = await startLocalRollcall(bench, openai, {
    connects: false,
    anthropicBaseUrl: anthropic.baseUrl,
    ...tokens,
  })
  const { url } = rollcall
  const { page, troubles, close } = await openPage(browser, { url: url + integrationPath })
  const api = readApi(url, isGuarded ? TOKENS[0].token : undefined)
  const stage: Stage = {
    browser,
    page,
    url,
    openai,
    anthropic,
    api,
    onEnd: bench.onEnd,
    say: bench.say,
    integrationPath,
  }
  for (const [name, story] of Object.entries(stories)) {
    const startedMs = performance.now()
    await story(stage)
    bench.say(`${name} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`)
  }
  // The browser itself reports an answer of 401: that is how the token is asked for.
  const unexpected = troubles.filter((trouble) => !(isGuarded && trouble.includes('401 (Unauthorized)')))
  assert.deepEqual(unexpected, [])
  await close()
  await rollcall.close()
  return stage.integrationPath
}
