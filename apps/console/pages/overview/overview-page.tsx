import { useResource } from '../../state/use-resource.js';
import { Loaded } from '../../parts/loaded.js';
import { Card, Page } from '../../parts/page.js';
import { Plot } from '../../parts/plot.js';
import { Segments } from '../../parts/segments.js';
import { hrefOf, useRoute } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';
import { RefusalsCard } from './refusals-card.js';
import { RANGES, type Stats } from './stats.js';
import { Tiles } from './tiles.js';
import { AppsCard, WeixinCard } from './weixin-card.js';

const words = texts.overview;
const EVERY_MS = 10_000;

/** What happens, in figures that renew themselves. */
export function OverviewPage() {
  const { query } = useRoute();
  const range = RANGES.find((each) => each === query.get('range')) ?? '24h';
  const stats = useResource<Stats>(`/stats?range=${range}`, EVERY_MS);
  return (
    <Page
      title={words.title}
      actions={
        <Segments
          label={words.range}
          value={range}
          options={RANGES.map((each) => [each, words.ranges[each]] as const)}
          hrefOf={(each) => hrefOf('overview', undefined, { range: each })}
        />
      }
    >
      <Loaded of={stats}>{(data) => <Figures stats={data} />}</Loaded>
    </Page>
  );
}

function Figures({ stats }: { stats: Stats }) {
  const { series, range } = stats;
  const by = range === '24h' ? 'hour' : 'day';
  const points = (of: 'logins' | 'new_users' | 'refusals') =>
    series.map((point) => ({ at: point.at, value: point[of] }));
  return (
    <>
      <Tiles stats={stats} />
      <div class="plots">
        <Card title={words.logins}>
          <Plot label={words.logins} points={points('logins')} by={by} tone="accent" />
        </Card>
        <Card title={words.newUsers}>
          <Plot label={words.newUsers} points={points('new_users')} by={by} tone="accent" />
        </Card>
        <Card title={words.refusals}>
          <Plot label={words.refusals} points={points('refusals')} by={by} tone="bad" />
        </Card>
      </div>
      <div class="columns">
        <div>
          <RefusalsCard refusals={stats.refusals} />
        </div>
        <div>
          <WeixinCard weixin={stats.weixin} />
          <AppsCard apps={stats.apps} />
          <p class="notes aside">{words.days}</p>
        </div>
      </div>
    </>
  );
}
