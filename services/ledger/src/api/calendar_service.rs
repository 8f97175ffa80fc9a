//! The methods of `CalendarService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::calendar_service_server::CalendarService;
use sanben_proto::ledger::{
    GetCalendarRequest, GetCalendarResponse, ListCalendarEditionsRequest, ListCalendarEditionsResponse, LoadCalendarRequest,
    LoadCalendarResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::catalogue::calendar::{get_calendar, list_calendar_editions, load_calendar};

#[async_trait]
impl CalendarService for Api {
    async fn load_calendar(&self, request: Request<LoadCalendarRequest>) -> Answer<LoadCalendarResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, load_calendar::run(&self.ledger, &call, input).await)
    }

    async fn get_calendar(&self, request: Request<GetCalendarRequest>) -> Answer<GetCalendarResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, get_calendar::run(&self.ledger, &call, input).await)
    }

    async fn list_calendar_editions(&self, request: Request<ListCalendarEditionsRequest>) -> Answer<ListCalendarEditionsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, list_calendar_editions::run(&self.ledger, &call, input).await)
    }
}
