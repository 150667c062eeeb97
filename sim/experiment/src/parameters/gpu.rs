//! `[gpu.<kind>]`: what a GPU earns and costs. Its data sheet stands in `data.gpus_file`.

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

macro_rules! gpu {
    ($at:literal, $name:literal, list $list:literal $lsource:literal, capital $capital:literal $csource:literal,
     life $life:literal $residual:literal, power $busy:literal $idle:literal, other $other:literal, efficiency $efficiency:literal) => {
        [
            live(concat!("gpu.", $name, ".list_price"), PerHour(|d| &mut d.config.gpus[$at].list_price), "0.001 USD/h..1000 USD/h", $list, $lsource, "List price of one GPU; the price controller multiplies it."),
            fixed(concat!("gpu.", $name, ".capital"), Money(|d| &mut d.config.gpus[$at].capital), "1 USD..1000000 USD", $capital, $csource, "Price of the GPU and its share of the host."),
            fixed(concat!("gpu.", $name, ".life"), Span(|d| &mut d.config.gpus[$at].life), "30 d..7300 d", $life, ASSUMPTION, "Life for straight-line depreciation."),
            fixed(concat!("gpu.", $name, ".residual"), Ratio(|d| &mut d.config.gpus[$at].residual), "0 %..100 %", $residual, ASSUMPTION, "Worth at the end of that life, as a share of the capital."),
            fixed(concat!("gpu.", $name, ".power_busy"), Power(|d| &mut d.config.gpus[$at].power_busy), "1 W..20 kW", $busy, "board power of data/gpus.csv; host and cooling: assumption", "Power at the wall while busy, host and cooling included."),
            fixed(concat!("gpu.", $name, ".power_idle"), Power(|d| &mut d.config.gpus[$at].power_idle), "0 mW..20 kW", $idle, ASSUMPTION, "Power at the wall while up and idle."),
            fixed(concat!("gpu.", $name, ".other_cost"), PerDay(|d| &mut d.config.gpus[$at].other_cost), "0 USD/d..1000 USD/d", $other, ASSUMPTION, "Link, upkeep and space."),
            fixed(concat!("gpu.", $name, ".efficiency"), Ratio(|d| &mut d.config.gpus[$at].efficiency), "1 %..100 %", $efficiency, "matmul of stack mosaic in data/calibration.csv, for kinds not measured that of the nearest in peak", "Share of the dense bf16 peak that wide matrix products of training reach."),
            fixed(concat!("gpu.", $name, ".is_new"), Choice(&["no", "yes"], |d, at| d.config.gpus[$at].is_new = at == 1), "", "no", "off: the treasury gets the share", "Whether it is newer hardware, which shares in the innovation category."),
        ]
    };
}

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend(gpu!(0, "rtx_3090", list "0.17 USD/h" "inside the rents of data/gpus.csv", capital "1370 USD" "1,070 low end of data/gpus.csv, host 300: assumption", life "1095 d" "25 %", power "420 W" "60 W", other "0.1 USD/d", efficiency "72.66 %"));
    table.extend(gpu!(1, "rtx_4090", list "0.3 USD/h" "public price of a consumer-GPU network; rents of data/gpus.csv 0.309-0.34", capital "1817 USD" "1,417 of data/gpus.csv, host 400: assumption", life "1095 d" "25 %", power "430 W" "60 W", other "0.12 USD/d", efficiency "72.66 %"));
    table.extend(gpu!(2, "rtx_5090", list "0.42 USD/h" "inside the rents of data/gpus.csv", capital "2499 USD" "1,999 of data/gpus.csv, host 500: assumption", life "1095 d" "25 %", power "580 W" "70 W", other "0.12 USD/d", efficiency "72.66 %"));
    table.extend(gpu!(3, "l40s", list "0.7 USD/h" "inside the rents of data/gpus.csv", capital "9000 USD" "assumption: 7,500 and host 1,500", life "1460 d" "20 %", power "520 W" "110 W", other "0.5 USD/d", efficiency "72.66 %"));
    table.extend(gpu!(4, "a100_sxm_80gb", list "1.3 USD/h" "near the low rent of data/gpus.csv", capital "15000 USD" "assumption: used price 12,000 and host 3,000", life "1460 d" "15 %", power "780 W" "220 W", other "1 USD/d", efficiency "72.66 %"));
    table.extend(gpu!(5, "h100_sxm", list "2.2 USD/h" "inside the rents of data/gpus.csv", capital "33000 USD" "28,750 low end of data/gpus.csv, host 4,250: assumption", life "1825 d" "15 %", power "1250 W" "400 W", other "1.5 USD/d", efficiency "65.29 %"));
}
