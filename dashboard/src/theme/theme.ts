import { createTheme, SegmentedControl, Tooltip } from '@mantine/core'

/**
 * Colors and fonts are in `tokens.css`: a provider that writes styles into the page would need a less strict content
 * policy.
 */
export const theme = createTheme({
  primaryColor: 'indigo',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    SegmentedControl: SegmentedControl.extend({ defaultProps: { withItemsBorders: false } }),
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: false, openDelay: 200, events: { hover: true, focus: true, touch: true } },
    }),
  },
})
